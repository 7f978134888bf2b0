package dev.bowline.integration;

class NioSharedTransportContractIT extends SharedTransportContract implements OnNio {}
