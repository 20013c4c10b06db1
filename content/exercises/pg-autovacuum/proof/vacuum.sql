VACUUM sessions;
