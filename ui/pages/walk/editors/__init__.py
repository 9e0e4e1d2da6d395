"""How each kind of question is answered: one editor a kind, reused for every question of it."""
