"""Speed and size of the assistant, measured next to the usual Rasa pipeline in the same run."""
