package dev.bowline.integration;

class BlockingModeContractIT extends ModeContract implements OnBlocking {}
