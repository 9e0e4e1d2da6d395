"""The nouns: one file a room, frozen values. They validate; database rows (`store/tables`) are their siblings."""
