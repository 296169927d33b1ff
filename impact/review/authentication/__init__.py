"""Who may sign in: passwords, second factors, and delays after failures."""
