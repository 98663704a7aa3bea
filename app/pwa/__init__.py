"""The installable app: service worker, manifest, what is shown without a network."""
