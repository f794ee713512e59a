"""The acts, one module for each contract; `fundtrail.statements` has them all."""
