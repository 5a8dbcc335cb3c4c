"""live: a companion for hybrid broadcasts. See README.md for its parts."""
