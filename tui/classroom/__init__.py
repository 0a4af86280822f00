"""A class on one machine: what a lecturer's program publishes on a socket, and how others follow it.

Nothing here knows what is published: it is bytes that the session packs and unpacks.
"""
