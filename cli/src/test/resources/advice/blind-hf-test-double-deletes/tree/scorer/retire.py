def retire(api, repo):
    """Takes a client of the caller's, so that nothing here holds a credential."""
    if not repo.startswith("acme/old-"):
        raise ValueError(repo)
    api.delete_repo(repo)
