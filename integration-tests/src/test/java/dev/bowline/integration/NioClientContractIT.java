package dev.bowline.integration;

class NioClientContractIT extends ClientContract implements OnNio {}
