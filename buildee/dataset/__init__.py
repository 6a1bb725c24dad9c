"""The dataset on disk: image codecs, the writer, the reader and the checker. numpy alone."""
