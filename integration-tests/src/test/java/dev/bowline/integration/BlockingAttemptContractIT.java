package dev.bowline.integration;

class BlockingAttemptContractIT extends AttemptContract implements OnBlocking {}
