"""Choose points and stock, print label sheets, replace and withdraw codes."""
