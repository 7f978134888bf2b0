package dev.bowline.integration;

class NioClosingContractIT extends ClosingContract implements OnNio {}
