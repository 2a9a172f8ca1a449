"""The only folder that knows tables: one dialect of SQL for SQLite and PostgreSQL."""
