"""Many runs: scenarios and sweeps over processes or a cluster, kept so that nothing finished is lost."""
