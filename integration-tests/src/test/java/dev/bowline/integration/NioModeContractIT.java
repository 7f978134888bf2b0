package dev.bowline.integration;

class NioModeContractIT extends ModeContract implements OnNio {}
