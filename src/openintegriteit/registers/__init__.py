"""What people declare about themselves: a shared shape, and on it one package per register."""
