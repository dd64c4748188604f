"""Published certifications, their versions and the rulings that fill their silences."""
