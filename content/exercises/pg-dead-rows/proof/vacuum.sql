VACUUM carts;
