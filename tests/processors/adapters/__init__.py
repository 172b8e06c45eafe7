"""The adapters, held to real samples and to the odd shapes that the feeds are known for."""
