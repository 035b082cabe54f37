"""Views, one module per kind of reader."""
