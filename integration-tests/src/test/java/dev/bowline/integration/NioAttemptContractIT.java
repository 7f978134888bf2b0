package dev.bowline.integration;

class NioAttemptContractIT extends AttemptContract implements OnNio {}
