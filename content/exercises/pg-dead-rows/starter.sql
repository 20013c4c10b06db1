SELECT n_live_tup, n_dead_tup FROM pg_stat_user_tables WHERE relname = 'carts';
VACUUM carts;
SELECT n_live_tup, n_dead_tup FROM pg_stat_user_tables WHERE relname = 'carts';
