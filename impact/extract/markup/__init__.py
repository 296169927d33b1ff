"""HTML, RFC XML and DocBook."""
