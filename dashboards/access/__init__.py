"""Who is asking: login, proxies, sessions, and what each may open."""
