"""The service's PostgreSQL, step by step. Every step goes back as well as forward."""
