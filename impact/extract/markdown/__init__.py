"""Markdown, Bikeshed and OpenAPI descriptions in YAML."""
