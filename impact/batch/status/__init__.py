"""How far a run is, written while it goes on and read by `impact batch status`."""
