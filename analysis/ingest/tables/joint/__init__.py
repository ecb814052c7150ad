"""A column that says two things → one for each: where and what is wrong, the dead and the hurt."""
