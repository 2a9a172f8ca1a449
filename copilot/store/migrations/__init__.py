"""The history of the tables; a step that was released is never changed, the next one is added."""
