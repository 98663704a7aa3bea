"""Messages: told to people in the app, sounded in the duty room, carried outside by channels; knows no source."""
