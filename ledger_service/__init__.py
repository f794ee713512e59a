"""The service: what the chain says, kept in PostgreSQL and answered over HTTP."""
