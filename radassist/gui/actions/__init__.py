"""Every act a user can take: one table a menu, and the QActions made from them."""
