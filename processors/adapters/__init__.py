"""Real-world formats -> our events. An adapter goes by the documented shape, tolerates what a consumer must
tolerate, and refuses the rest with a reason; it decides nothing about linking or measures."""
