"""The peers: other ways to write one frame to many WebSockets, started beside ours.

`subjects` has one class for each; the files beside it are what they run. Nothing here imports the product
but `subjects`, so that a peer is not larger for it.
"""
