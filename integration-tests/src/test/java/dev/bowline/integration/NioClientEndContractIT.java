package dev.bowline.integration;

class NioClientEndContractIT extends ClientEndContract implements OnNio {}
