"""What the advisor says next: conversations, flows, replies and their layout.

Pure: no network, clock, storage or channel.
"""
