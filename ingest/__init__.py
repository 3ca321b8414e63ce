"""From files to the graph (入库): readers, record kinds, resolution of names, the batch and its manifest."""
