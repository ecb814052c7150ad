"""Who may use the dashboard: accounts with roles, and the log of what they did."""

from analysis.accounts.audit import AuditLog
from analysis.accounts.book import ROLES, Account, Accounts, Role
from analysis.accounts.sessions import Sessions

__all__ = ["ROLES", "Account", "Accounts", "AuditLog", "Role", "Sessions"]
