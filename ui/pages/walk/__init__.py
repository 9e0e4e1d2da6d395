"""The walk: one question, answered standing; beside it why we believe the answer."""
