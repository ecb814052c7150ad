"""One register of units: which names mean one unit, what it is called, from what day on."""
