"""What pages are made of: the frame around them, grids, panels, links."""
