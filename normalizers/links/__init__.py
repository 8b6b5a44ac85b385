"""How much actions of different exercises look alike, and what texts say of it."""
