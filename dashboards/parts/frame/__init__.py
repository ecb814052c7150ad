"""What stands above every page: where one may go, and what the figures are about."""
