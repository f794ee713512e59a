"""The auditor's own tool: verify a whole trail, trace one payment, check one receipt.

It reads the chain from nodes of the auditor's choice and the evidence from a folder. It shares no
code with the service, needs no service running, and never writes into the evidence.
"""
