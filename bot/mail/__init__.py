"""The inbox: reads an agency's mailbox and prepares answers in the thread; people read and send them."""
