"""``make mutants``: small changes to rules, each of which a test must notice."""
